declare module 'har-schema' {
  /** A JSON Schema of each part of HTTP Archive 1.2, by its name. */
  const schemas: Readonly<Record<string, object>>
  export default schemas
}
