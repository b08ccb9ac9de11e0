/** Whether the keyboard has a Command key, which is the modifier people expect there. */
export function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}
