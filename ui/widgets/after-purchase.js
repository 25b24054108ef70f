// The invitation of invite.js on the page after an order: data-invitation is what the shop's server got for it.
// Next: invite.js.
export { default } from "./invite.js";
