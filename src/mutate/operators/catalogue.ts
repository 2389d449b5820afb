import { callRemoval, comparatorSwap, methodSwap } from "./calls.ts";
import {
  arithmeticOperator,
  assignmentOperator,
  condition,
  logicalConnector,
  relationalOperator,
} from "./infix_operators.ts";
import { booleanLiteral, collectionLiteral, numberLiteral, stringLiteral } from "./literals.ts";
import type { Operator } from "./operator.ts";
import { regularExpression } from "./regular_expression.ts";
import { optionalChaining, spreadRemoval } from "./spread_and_chain.ts";
import { blockRemoval, returnValue, statementDeletion } from "./statements.ts";
import { unaryOperator, updateOperator } from "./unary_operators.ts";

/**
 * Every mutation operator, in the order in which reports list them.
 *
 * The first ones are the sufficient set of A. J. Offutt, A. Lee, G. Rothermel, R. H. Untch and C. Zapf
 * (1996), "An experimental determination of sufficient mutant operators", ACM TOSEM 5(2): AOR, ROR, LCR
 * and the unary one. The others are those of Stryker for JavaScript
 * (stryker-mutator.io/docs/mutation-testing-elements/supported-mutators), and statement deletion.
 */
export const OPERATORS: readonly Operator[] = [
  arithmeticOperator,
  relationalOperator,
  logicalConnector,
  condition,
  unaryOperator,
  updateOperator,
  assignmentOperator,
  numberLiteral,
  stringLiteral,
  booleanLiteral,
  collectionLiteral,
  regularExpression,
  statementDeletion,
  returnValue,
  blockRemoval,
  callRemoval,
  methodSwap,
  comparatorSwap,
  spreadRemoval,
  optionalChaining,
];
