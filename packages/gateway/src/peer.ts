/** Who is at the other end of the connection. */
export interface Peer {
  /** The IP address that limits count by. Behind a proxy the client's, by whatever that proxy may be trusted for. */
  readonly address: string
}
