// Fluent files are imported as text.
declare module "*.ftl?raw" {
  const source: string;
  export default source;
}
