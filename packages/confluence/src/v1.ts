/** Every operation of the Confluence API, version 1, with the types of its input and answer. */
export * from './generated/v1/operations.gen.ts'
export type * from './generated/v1/types.gen.ts'
