/** Told of every thing in a table that somebody reaches for, before it can be changed. */
export type Reached = (key: string, value: unknown) => void

/**
 * A map of things by id that knows when somebody reaches for one. Everything else in the simulator sees a plain map and
 * changes what it gets out of it in place; whoever keeps an index or a journal learns from here what to look at again.
 * A class, since nothing but a subclass is a `Map` to the language.
 */
export class Table<Value> extends Map<string, Value> {
  #isWriting: () => boolean = () => false
  #reached: Reached = () => undefined
  readonly #followers: Set<string>[] = []
  #isExposed = false

  /** @param isWriting asked each time: whether what is reached for may be changed. Reading alone is not noted */
  watch(isWriting: () => boolean, reached: Reached): void {
    this.#isWriting = isWriting
    this.#reached = reached
  }

  /** Whether what is reached for may be changed now. */
  get isWriting(): boolean {
    return this.#isWriting()
  }

  /** Whether anybody may change anything here without being noted. */
  get isExposed(): boolean {
    return this.#isExposed
  }

  expose(): void {
    this.#isExposed = true
  }

  /** A set that takes the id of everything reached for from now on. Whoever has looked at them empties it. */
  follow(): Set<string> {
    const ids = new Set<string>()
    this.#followers.push(ids)
    return ids
  }

  override get(key: string): Value | undefined {
    const value = super.get(key)
    if (value !== undefined && this.#isWriting()) this.#note(key, value)
    return value
  }

  override set(key: string, value: Value): this {
    if (this.#isWriting()) this.#note(key, super.get(key))
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    if (this.#isWriting()) this.#note(key, super.get(key))
    return super.delete(key)
  }

  override clear(): void {
    if (this.#isWriting()) for (const [key, value] of super.entries()) this.#note(key, value)
    super.clear()
  }

  override entries(): MapIterator<[string, Value]> {
    return this.#isWriting() ? this.#noted() : super.entries()
  }

  override values(): MapIterator<Value> {
    return this.#isWriting() ? this.#notedValues() : super.values()
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries()
  }

  override forEach(visit: (value: Value, key: string, map: Map<string, Value>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }

  /** The value, for one who does not change it. */
  peek(key: string): Value | undefined {
    return super.get(key)
  }

  /** Everything in it, for one who does not change it. */
  peekAll(): MapIterator<[string, Value]> {
    return super.entries()
  }

  *#noted(): Generator<[string, Value], undefined> {
    for (const entry of super.entries()) {
      this.#note(entry[0], entry[1])
      yield entry
    }
  }

  *#notedValues(): Generator<Value, undefined> {
    for (const [, value] of this.#noted()) yield value
  }

  #note(key: string, value: Value | undefined): void {
    this.#reached(key, value)
    for (const ids of this.#followers) ids.add(key)
  }
}
