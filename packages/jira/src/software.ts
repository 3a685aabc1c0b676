/** Every operation of the Jira Software API (boards, sprints, epics, backlog, development tools), with its types. */
export * from './generated/software/operations.gen.ts'
export type * from './generated/software/types.gen.ts'
