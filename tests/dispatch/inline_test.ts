import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { dispatcherLaws } from "./dispatcher_laws.ts";

dispatcherLaws("the inline", () => new InlineDispatcher());
