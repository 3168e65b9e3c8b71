/** The Model Context Protocol: lists tools and calls them. Nothing outlives a request, so that any copy of the server can answer it. */
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
} from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import type { OperationParameters, OperationResponse } from "../operation/request.js";
import type { Tool } from "./tools.js";

interface ProtocolOptions {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly version: string;
}

/** Runs the operation of a tool on behalf of the sender of the request. */
export type RunTool = (parameters: OperationParameters) => Promise<OperationResponse>;

/** Answers one message of a client. @param head Of its HTTP request, without credentials. */
export type AnswerMessage = (head: Request, message: object, run: RunTool) => Promise<Response>;

const instructions =
  "The 7digital music catalogue: search, charts, releases, prices, baskets and what a user owns. " +
  "Prices and availability depend on the store. Errors say what to do.";

export function createProtocol({ tools, version }: ProtocolOptions): AnswerMessage {
  const listed = [...tools.values()].map(({ name, description, inputSchema, outputSchema, annotations }) => ({
    ...{ name, description, annotations },
    inputSchema: { ...inputSchema, type: "object" as const },
    outputSchema: { ...outputSchema, type: "object" as const },
  }));
  // Only to ask users for input, which is not done here. Each server would make one of its own.
  const jsonSchemaValidator = new AjvJsonSchemaValidator();

  return async (head, message, run) => {
    const options = { capabilities: { tools: {} }, instructions, jsonSchemaValidator };
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- McpServer takes Zod schemas only.
    const server = new Server({ name: "7digital-graphql", version }, options);
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) => call(tools.get(params.name), params.arguments ?? {}, run));
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    try {
      return await transport.handleRequest(head, { parsedBody: message });
    } finally {
      await server.close();
    }
  };
}

/** @throws McpError for what is no tool or no argument of it */
async function call(tool: Tool | undefined, variables: Readonly<Record<string, unknown>>, run: RunTool): Promise<CallToolResult> {
  if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, "There is no such tool. List the tools with tools/list.");
  const known = tool.inputSchema["properties"] as object;
  // GraphQL would drop it, and an agent would not learn that it had no effect.
  if (!Object.keys(variables).every((name) => Object.hasOwn(known, name)))
    throw new McpError(ErrorCode.InvalidParams, "An argument is not one of this tool's. Send those in its inputSchema.");
  const { body } = await run({ documentId: tool.name, operationName: tool.name, variables });
  const response = JSON.parse(body) as { data?: Readonly<Record<string, unknown>> | null; errors?: unknown };
  const structuredContent = { ...response, data: response.data ?? null };
  const nothing = Object.values(response.data ?? {}).every((value) => value === null);
  return {
    content: [{ type: "text", text: JSON.stringify(structuredContent) }],
    structuredContent,
    isError: response.errors !== undefined && nothing,
  };
}
