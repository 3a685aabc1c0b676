export { operationToolset } from './operation-toolset.ts'
export type { OperationToolsetOptions } from './operation-toolset.ts'
export type { LooseInput, OperationClient, OperationServices } from './services.ts'
