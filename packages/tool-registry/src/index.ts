export { catalogueToolset } from './catalogue/toolset.ts'
export { ContinueFrom, writtenCall } from './continuation.ts'
export { createMcp } from './mcp.ts'
export { createRegistry } from './registry.ts'
export { resourceUri } from './resource.ts'
export { resultForms } from './result.ts'
export { DryRunStop } from './policies/dry-run.ts'
export { holds, permissionOf, tiers } from './tiers.ts'
export { ToolError } from './tool-error.ts'
export { toolFactory } from './tool.ts'
export { toolset } from './toolset.ts'
export { fence, oneLine } from './untrusted.ts'
export type { ToolAlias } from './aliases.ts'
export type { ArgumentChange } from './arguments.ts'
export type {
  AuditedOperation,
  AuditEvent,
  ComplaintEvent,
  FaultEvent,
  McpEvent,
  Observe,
  ServedEvent,
  Verdict,
  Written,
} from './events.ts'
export type { ArgumentIssue } from './issues.ts'
export type { ListedTool } from './listing.ts'
export type { Mcp, McpOptions } from './mcp.ts'
export type { Catalogue, CatalogueQuery, FoundTool } from './catalogue/catalogue.ts'
export type { Completer, CompletionContext } from './completion.ts'
export type { ConfirmOptions } from './policies/confirm.ts'
export type { UnsentRequest } from './policies/dry-run.ts'
export type { Prompt, PromptArgument } from './prompt.ts'
export type { ResourceTemplate } from './resource.ts'
export type { Attached, CallResult, ResultForm } from './result.ts'
export type { After } from './policies/deadline.ts'
export type { AllServices, Registry, Resolved, ServicesOf } from './registry.ts'
export type { Selection } from './selection.ts'
export type { Permission, Tier, ToolHints } from './tiers.ts'
export type { Outcome, ToolErrorCode, ToolErrorFields } from './tool-error.ts'
export type {
  BoundCall,
  Person,
  ProgressStep,
  Tool,
  ToolContext,
  ToolDefinition,
  ToolFacts,
  ToolProduct,
  ToolReply,
  UnboundCall,
  UpstreamCall,
} from './tool.ts'
export type { MoreTools, ToolEntry, Toolset } from './toolset.ts'
export type { FenceOptions } from './untrusted.ts'
export type { Admission, LimitRefusal, LimitState, ServiceCall, Visit } from './visit.ts'
