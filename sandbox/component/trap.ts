/** The component did what its contract forbids: the call ends, and no code of the component runs again in it. */
export class ComponentTrap extends Error {
  override readonly name = "ComponentTrap";
}
