/**
 * `node:http`. To `import` it takes ten times as long: that reads all that it exports, and for its `WebSocket`
 * Node.js loads the undici that it brings.
 */
export const nodeHttp = process.getBuiltinModule('node:http')
