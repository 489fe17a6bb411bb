import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "..", "..");
const baseName = "docker.io/library/node:24-trixie-slim";
const imageName = "localhost/linky-bridge:checked";

/** A buildah with a storage of its own, so that nothing of it stays or meets what else the machine builds. */
export interface Buildah {
  /** For processes that speak to this storage. */
  readonly env: NodeJS.ProcessEnv;
  /** What the command says on stdout. @throws with its last words when it fails. */
  call(...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Chroot isolation and plain directories work without a Docker engine, also inside another container. */
export async function openBuildah(): Promise<Buildah> {
  const directory = await mkdtemp(join(tmpdir(), "linky-image-"));
  const settings = join(directory, "storage.conf");
  const [graph, state] = [join(directory, "graph"), join(directory, "run")];
  await writeFile(settings, `[storage]\ndriver = "vfs"\ngraphroot = "${graph}"\nrunroot = "${state}"\n`);
  const env = { ...process.env, CONTAINERS_STORAGE_CONF: settings, BUILDAH_ISOLATION: "chroot" };
  const call = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run("buildah", args, { env, maxBuffer: 64 * 1024 * 1024 }).catch(explain);
    return stdout.trim();
  };
  return {
    env,
    call,
    async remove() {
      await call("rm", "--all");
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A failed build is understood from its last lines. */
function explain(error: Error & { readonly stdout?: string; readonly stderr?: string }): never {
  const lines = `${error.stdout ?? ""}\n${error.stderr ?? ""}`.trim().split("\n");
  throw new Error(`${error.message.split("\n")[0]}\n${lines.slice(-60).join("\n")}`, { cause: error.cause });
}

/** What a container engine reads in the image. */
export interface ImageConfig {
  readonly Cmd: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Env: readonly string[];
  readonly Healthcheck: { readonly Test: readonly string[] };
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal: string;
  readonly User?: string;
}

export interface Image {
  readonly name: string;
  readonly config: ImageConfig;
  readonly sizeMb: number;
  /** Of the stand-in for the base image, which is part of it. */
  readonly baseSizeMb: number;
}

/** Builds the Dockerfile of this checkout over a stand-in for its base image. */
export async function buildImage(buildah: Buildah): Promise<Image> {
  await run(join(import.meta.dirname, "make-base.sh"), [baseName], { env: buildah.env });
  const { stdout } = await run("npm", ["config", "get", "cache"]);
  const cache = stdout.trim();
  await mkdir(cache, { recursive: true });
  // Packages that npm fetched for the checkout are not fetched again. HEALTHCHECK exists in Docker's format alone.
  await buildah.call(
    ...["build", "--format", "docker", "--volume", `${cache}:/root/.npm`, "--tag", imageName, repository],
  );
  const inspected: { readonly Docker: { readonly config: ImageConfig } } = JSON.parse(
    await buildah.call("inspect", "--type", "image", imageName),
  );
  const [sizeMb, baseSizeMb] = [await sizeOf(buildah, imageName), await sizeOf(buildah, baseName)];
  return { name: imageName, config: inspected.Docker.config, sizeMb, baseSizeMb };
}

/** Uncompressed, in millions of bytes, as buildah counts it (`321 MB`). */
async function sizeOf(buildah: Buildah, name: string): Promise<number> {
  const [image]: readonly { readonly size: string }[] = JSON.parse(await buildah.call("images", "--json", name));
  const size = /^(\d+(?:\.\d+)?) (MB|GB)$/.exec(image?.size ?? "");
  if (!size) throw new Error(`buildah tells no size of ${name}: ${image?.size}`);
  return Number(size[1]) * (size[2] === "GB" ? 1_000 : 1);
}
