/** What stops the program, in a sentence for a person: what happened and what to do. */
export class Fault extends Error {
  override readonly name = 'Fault'
}
