/** The two ways to call a method: by its declaration, or as any path. */
import type { Answer } from "./answer.js";
import type { MethodName, Methods } from "./methods.js";
import type { CallOptions, RequestOptions, UntypedParams } from "./options.js";
import type { XmlTree } from "./xml-tree.js";

type ParamsOf<N extends MethodName> = Methods[N]["params"];

/** Parameters may be left out where none is required. */
export type Arguments<N extends MethodName> =
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- the type that any method without required ones accepts
  Record<never, never> extends ParamsOf<N>
    ? readonly [params?: ParamsOf<N>, options?: CallOptions]
    : readonly [params: ParamsOf<N>, options?: CallOptions];

/** Calls a declared method. @throws SevendigitalError */
export type Call = <N extends MethodName>(name: N, ...rest: Arguments<N>) => Promise<Answer<Methods[N]["result"]>>;

/** Calls any method. @throws SevendigitalError */
export type Request = (path: string, params?: UntypedParams, options?: RequestOptions) => Promise<UntypedAnswer>;

export interface UntypedAnswer extends Answer<XmlTree> {
  /** The body as it came. `value` has the content of its root element. */
  readonly text: string;
}

export interface Caller {
  readonly call: Call;
  readonly request: Request;
}
