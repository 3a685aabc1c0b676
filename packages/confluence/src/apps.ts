/** The seven Confluence operations that only a Connect or Forge app can call. A person's credentials are refused. */
export * from './generated/apps/operations.gen.ts'
export type * from './generated/apps/types.gen.ts'
