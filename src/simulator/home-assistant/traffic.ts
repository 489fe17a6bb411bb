/** What came in, and how much of it: counted from the start. */
export class Traffic {
  /** Commands by type, refused ones included. */
  readonly commands = new Map<string, number>();
  connections = 0;
  bytesReceived = 0;
  /** Bytes. */
  largestFrame = 0;
  /** Rows of imports that were answered with success, whatever became of them. */
  rowsImported = 0;
  /** Most rows in one import. */
  largestImport = 0;

  frame(bytes: number): void {
    this.bytesReceived += bytes;
    this.largestFrame = Math.max(this.largestFrame, bytes);
  }

  command(type: string): void {
    this.commands.set(type, this.count(type) + 1);
  }

  imported(rows: number): void {
    this.rowsImported += rows;
    this.largestImport = Math.max(this.largestImport, rows);
  }

  count(type: string): number {
    return this.commands.get(type) ?? 0;
  }
}
