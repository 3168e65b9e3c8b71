/** The validation rules of a schema. Those of `@defer` and `@stream` are of Yoga's plugin, which gives them to a hook of Yoga's only. */
import { useDeferStream } from "@graphql-yoga/plugin-defer-stream";
import { specifiedRules, type GraphQLSchema, type ValidationRule } from "graphql";
import { streamDirective } from "../../graph/directives.js";

export function rulesFor(schema: GraphQLSchema): readonly ValidationRule[] {
  return schema.getDirective(streamDirective.name) ? incrementalRules() : specifiedRules;
}

function incrementalRules(): readonly ValidationRule[] {
  // The hook replaces the rule about fields that cannot be merged.
  const params = { rules: [...specifiedRules] };
  const added: ValidationRule[] = [];
  useDeferStream().onValidate?.({ params, addValidationRule: (rule: ValidationRule) => added.push(rule) } as never);
  return [...params.rules, ...added];
}
