import { defineCommand } from "../command.ts";
import { ReplyError } from "../errors/reply-error.ts";

export const logout = defineCommand({
  name: "logout",
  summary: "Revoke this profile's personal token and forget it",
  format: "table",
  refusedInTask: true,
  async run(cli) {
    const profile = await cli.profile();
    const { token, ...rest } = profile.config;
    if (!token) return { signedOut: false, revoked: false };
    const revoked = await revoke();
    await profile.save(rest);
    return { signedOut: true, revoked };

    async function revoke(): Promise<boolean> {
      const { serverUrl } = await cli.connection();
      const call = cli.callWith({ serverUrl, token: token ?? null });
      try {
        const { items } = await call("account.list-tokens", {});
        const own = items.find((item) => token?.startsWith(item.prefix));
        if (own) await call("account.revoke-token", { tokenId: own.id });
        return own !== undefined;
      } catch (error) {
        // An unreachable server or a token that it no longer accepts keeps nobody signed in here.
        if (error instanceof ReplyError) return false;
        throw error;
      }
    }
  },
  print({ signedOut, revoked }, printer) {
    printer.line(signedOut ? "Signed out." : "Nobody was signed in.");
    if (signedOut && !revoked) printer.hint("The token could not be revoked on the server.");
  },
});
