/** Every operation of the Confluence API, version 2, with the types of its input and answer. */
export * from './generated/v2/operations.gen.ts'
export type * from './generated/v2/types.gen.ts'
