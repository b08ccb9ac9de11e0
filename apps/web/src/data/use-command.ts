import { ApiError } from "@headcount/client/api-error";
import { newId } from "@headcount/contract/kit/ids";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { api } from "./api.ts";
import { isSilence } from "./is-silence.ts";

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

/** Keys of commands that went out and were never answered, by what they asked for. */
const unanswered = new Map<string, string>();

/**
 * The same outside a component. Creates and actions carry a key, so that a repeat is not a second
 * one: who sends again what was cut off on its way gets the answer to the first.
 */
export async function sendCommand<R extends Route>(
  route: R,
  input: InputOf<R>,
): Promise<OutputOf<R>> {
  if (route.method !== "POST") return api.call(route, input);
  const asked = JSON.stringify([route.name, input]);
  const idempotencyKey = unanswered.get(asked) ?? newId<string>();
  unanswered.set(asked, idempotencyKey);
  try {
    const output = await api.call(route, input, { idempotencyKey });
    unanswered.delete(asked);
    return output;
  } catch (error) {
    if (error instanceof ApiError && !isSilence(error)) unanswered.delete(asked);
    throw error;
  }
}
