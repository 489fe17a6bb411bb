/** Where and as whom Home Assistant is written to. */
export interface Endpoint {
  /** `ws://host:8123/api/websocket`, or the Supervisor's `ws://supervisor/core/websocket`. No credentials. */
  readonly websocketUrl: string;
  readonly token: string;
  /** The Supervisor's proxy stands between: it has its own login, and answers while Home Assistant does not. */
  readonly viaSupervisor: boolean;
}
