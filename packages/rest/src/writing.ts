// What a request needs that is more than a plain question.
export { fieldsOf } from './fields.ts'
export { fillPath } from './path.ts'
export { payloadOf } from './payload.ts'
