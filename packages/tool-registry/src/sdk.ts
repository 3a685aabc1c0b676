/**
 * Pieces of the MCP server SDK, for those who need it itself: the conformance fixture, and programs on stdio. No other
 * package imports the SDK, so that its version is decided in one place.
 */
export {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  completable,
  createMcpHandler,
  createRequestStateCodec,
  fromJsonSchema,
  inputRequired,
  inputResponse,
  isLegacyRequest,
  McpServer,
  ResourceTemplate,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
export { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
export type {
  AuthInfo,
  CallToolResult,
  ClientCapabilities,
  EventStore,
  InputRequiredResult,
  JSONRPCMessage,
  McpServerFactory,
  ServerContext,
  ServerNotifier,
  Transport,
} from '@modelcontextprotocol/server'
