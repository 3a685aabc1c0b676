/** The OAuth app that every world knows. It may send people back to any http address on this machine. */
export const demoApp = {
  clientId: 'telamon-demo',
  clientSecret: 'telamon-demo-secret',
  name: 'Telamon',
} as const
