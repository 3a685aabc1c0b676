/** The only place that writes to standard output: what a person at the terminal reads. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
