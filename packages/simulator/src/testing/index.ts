export type { ObservedAnswer } from '../observed-answer.ts'
export { createAnswerCheck } from './answer-check.ts'
export type { AnswerCheck } from './answer-check.ts'
