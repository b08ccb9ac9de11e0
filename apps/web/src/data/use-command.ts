import type { ApiError } from "@headcount/client/api-error";
import { newId } from "@headcount/contract/kit/ids";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { api } from "./api.ts";

type CommandOptions<R extends Route> = {
  readonly onSuccess?: (output: OutputOf<R>, input: InputOf<R>) => void;
  readonly onError?: (error: ApiError, input: InputOf<R>) => void;
};

/**
 * A write of the contract: `const archive = useCommand(agents.archive)`, then
 * `archive.mutate({ … })`, `archive.isPending`, `archive.error`. What it changes comes back over
 * the feed; put the returned entity into the cache only where waiting for that would show.
 */
export function useCommand<R extends Route>(
  route: R,
  options: CommandOptions<R> = {},
): UseMutationResult<OutputOf<R>, ApiError, InputOf<R>> {
  return useMutation<OutputOf<R>, ApiError, InputOf<R>>({
    mutationKey: [route.name],
    mutationFn: (input) => sendCommand(route, input),
    onSuccess: (output, input) => options.onSuccess?.(output, input),
    onError: (error, input) => options.onError?.(error, input),
  });
}

/** The same outside a component. Creates and actions carry a key, so that a repeat is not a second one. */
export function sendCommand<R extends Route>(route: R, input: InputOf<R>): Promise<OutputOf<R>> {
  return api.call(route, input, route.method === "POST" ? { idempotencyKey: newId<string>() } : {});
}
