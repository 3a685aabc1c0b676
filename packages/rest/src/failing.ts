// What a call needs when it does not go as it should.
export { cutShort, failureOf, refusal, refused, unreadable } from './failure.ts'
export { readOdd, readRedirect } from './odd-answer.ts'
export { recover } from './recovery.ts'
