/** A file on an issue. */
export interface Attachment {
  readonly id: string
  readonly authorId: string | null
  readonly filename: string
  readonly mimeType: string
  readonly created: number
  /** In bytes. */
  readonly size: number
}
