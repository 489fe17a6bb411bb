import { isIP } from "node:net";

/** Who the Supervisor is on the network of the apps: ingress and the watchdog both come from here. */
const supervisorAddress = "172.30.32.2";

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** Whether the Supervisor is among those who may, and asks. */
export const isSupervisor = (ip: string, supervisor: "absent" | "trusted" | "only"): boolean =>
  supervisor !== "absent" && plain(ip) === supervisorAddress;

export const isLoopback = (address: string): boolean => {
  const name = plain(address);
  return name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
};

/** Whether only this machine reaches who listens on `host`. */
export const listensToItself = (host: string): boolean => host === "localhost" || isLoopback(host);
