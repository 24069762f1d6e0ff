// Stripe's own SDK, in a language that is not ours, pays, refunds and listens at the simulator, and signs a webhook that
// payment accepts. It starts a simulator of its own: foreign charges in a running system would break its books.
//
//   ../../../mvnw -f ../../.. -pl services/provider-simulator -am package -DskipTests     (or any ./escale up before)
//   npm install && npm run check
//
// PAYMENT_URL (http://localhost:8082) is asked when it is there; SKIP_PAYMENT=1 leaves it out.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Stripe from "stripe";

const API = 8490;
const CONTROL = 8491;
const SECRET = "whsec_official_sdk";
const jar = new URL("../target/provider-simulator.jar", import.meta.url).pathname;
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
const folder = mkdtempSync(join(tmpdir(), "escale-sdk-"));

const events = [];
const forged = [];
const stripe = new Stripe("sk_test_official", { host: "localhost", port: API, protocol: "http", maxNetworkRetries: 0 });
const ear = createServer((request, answer) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const body = Buffer.concat(pieces);
    try {
      events.push(stripe.webhooks.constructEvent(body, request.headers["stripe-signature"], SECRET));
      answer.writeHead(200).end();
    } catch (error) {
      forged.push(error.message);
      answer.writeHead(400).end();
    }
  });
}).listen(0, "127.0.0.1");
await once(ear, "listening");

const simulator = spawn(java, ["-jar", jar], {
  env: {
    ...process.env,
    PORT: String(API),
    CONTROL_PORT: String(CONTROL),
    LEDGER_FILE: join(folder, "ledger.jsonl"),
    WEBHOOK_URL: `http://127.0.0.1:${ear.address().port}/`,
    WEBHOOK_SECRET: SECRET,
  },
  stdio: ["ignore", "ignore", "inherit"],
});

async function until(what, condition) {
  for (let tries = 0; tries < 300; tries++) {
    const found = await condition();
    if (found) return found;
    await pause(100);
  }
  throw new Error(`Waited in vain: ${what}`);
}

const checks = {
  "a card pays, and the same key pays once": async () => {
    const order = {
      amount: 9000, currency: "eur", payment_method: "pm_card_visa", confirm: true,
      payment_method_types: ["card"], metadata: { bookingId: "sdk-1" },
    };
    const first = await stripe.paymentIntents.create(order, { idempotencyKey: "sdk-key-1" });
    assert.equal(first.status, "succeeded");
    const again = await stripe.paymentIntents.create(order, { idempotencyKey: "sdk-key-1" });
    assert.equal(again.id, first.id);
    await assert.rejects(
      stripe.paymentIntents.create({ ...order, amount: 1 }, { idempotencyKey: "sdk-key-1" }),
      Stripe.errors.StripeIdempotencyError);
    assert.equal((await stripe.paymentIntents.retrieve(first.id)).amount_received, 9000);
  },
  "a payment is found by what the merchant noted": async () => {
    const found = await until("the search has caught up", async () => {
      const page = await stripe.paymentIntents.search({ query: "metadata['bookingId']:'sdk-1'" });
      return page.data.length > 0 && page;
    });
    assert.equal(found.data.length, 1);
  },
  "a declined card is a card error with its reason, and another card pays": async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 500, currency: "eur", payment_method: "pm_card_chargeDeclinedInsufficientFunds", payment_method_types: ["card"],
    });
    const error = await stripe.paymentIntents.confirm(intent.id).then(() => assert.fail("it was charged"), (e) => e);
    assert.ok(error instanceof Stripe.errors.StripeCardError, String(error));
    assert.equal(error.decline_code, "insufficient_funds");
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_mastercard" });
    assert.equal(paid.status, "succeeded");
  },
  "3-D Secure asks for a step, and a cancelled payment stays cancelled": async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 700, currency: "eur", payment_method: "pm_card_threeDSecure2Required", confirm: true,
      payment_method_types: ["card"], return_url: "http://localhost/back",
    });
    assert.equal(intent.status, "requires_action");
    assert.ok(intent.next_action.redirect_to_url.url);
    assert.equal((await stripe.paymentIntents.cancel(intent.id)).status, "canceled");
    await assert.rejects(stripe.paymentIntents.confirm(intent.id), Stripe.errors.StripeInvalidRequestError);
  },
  "a payment is paid back in two parts, and not a cent more": async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 3000, currency: "eur", payment_method: "pm_card_visa", confirm: true, payment_method_types: ["card"],
    });
    const part = await stripe.refunds.create({ payment_intent: intent.id, amount: 1000 }, { idempotencyKey: "sdk-refund-1" });
    assert.equal(part.status, "succeeded");
    assert.equal((await stripe.refunds.create({ payment_intent: intent.id })).amount, 2000);
    await assert.rejects(stripe.refunds.create({ payment_intent: intent.id, amount: 1 }), Stripe.errors.StripeInvalidRequestError);
    assert.equal((await stripe.refunds.retrieve(part.id)).amount, 1000);
    assert.equal((await stripe.refunds.list({ payment_intent: intent.id })).data.length, 2);
  },
  "a wrong key is an authentication error": async () => {
    const stranger = new Stripe("sk_live_no", { host: "localhost", port: API, protocol: "http", maxNetworkRetries: 0 });
    await assert.rejects(stranger.paymentIntents.retrieve("pi_1"), Stripe.errors.StripeAuthenticationError);
  },
  "the simulator's webhooks carry signatures that the SDK believes": async () => {
    await until("a success and a refund are told", () =>
      events.some((event) => event.type === "payment_intent.succeeded")
      && events.some((event) => event.type.includes("refund")));
    assert.deepEqual(forged, []);
    assert.equal(events.find((event) => event.type === "payment_intent.succeeded").data.object.object, "payment_intent");
  },
  "what the SDK signs, payment accepts; a forgery it refuses": async () => {
    if (process.env.SKIP_PAYMENT) return "left out";
    const endpoint = `${process.env.PAYMENT_URL ?? "http://localhost:8082"}/v1/webhooks/stripe`;
    const genuine = events.find((event) => event.type === "payment_intent.succeeded");
    const payload = JSON.stringify(genuine);
    const tell = (signature, body) => fetch(endpoint, {
      method: "POST", body, headers: { "Stripe-Signature": signature, "Content-Type": "application/json" },
    });
    const sign = (secret) => stripe.webhooks.generateTestHeaderString({ payload, secret });
    const good = sign(process.env.PROVIDER_WEBHOOK_SECRET ?? "whsec_local");
    assert.equal((await tell(good, payload)).ok, true);
    assert.equal((await tell(good, payload.replace("9000", "9001"))).status, 400);
    assert.equal((await tell(sign("whsec_forged"), payload)).status, 400);
  },
};

let failed = 0;
try {
  await until("the simulator answers", () =>
    fetch(`http://localhost:${CONTROL}/health/readiness`).then((answer) => answer.ok, () => false));
  for (const [promise, check] of Object.entries(checks)) {
    try {
      const remark = await check();
      console.log(`PASS  ${promise}${remark ? ` (${remark})` : ""}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${promise}\n      ${error.message}`);
    }
  }
} finally {
  simulator.kill();
  await once(simulator, "exit");
  ear.close();
  ear.closeAllConnections();
  rmSync(folder, { recursive: true });
}
console.log(failed === 0 ? `stripe-node ${Stripe.PACKAGE_VERSION ?? ""}: all hold` : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
