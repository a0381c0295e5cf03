import type { Sender } from '../model/sender.js';
import { mailchimp } from './mailchimp.sender.js';
import { mailerlite } from './mailerlite.sender.js';
import { mailgun } from './mailgun.sender.js';
import { mandrill } from './mandrill.sender.js';
import { mautic } from './mautic.sender.js';
import { messagebird } from './messagebird.sender.js';
import { meta } from './meta.sender.js';
import { metronome } from './metronome.sender.js';
import { mollie } from './mollie.sender.js';
import { monday } from './monday.sender.js';
import { msGraph } from './ms-graph.sender.js';
import { msTeamsOutgoing } from './ms-teams-outgoing.sender.js';
import { mux } from './mux.sender.js';
import { netlify } from './netlify.sender.js';
import { notion } from './notion.sender.js';
import { okta } from './okta.sender.js';
import { onfido } from './onfido.sender.js';
import { onfleet } from './onfleet.sender.js';
import { openai } from './openai.sender.js';
import { paddle } from './paddle.sender.js';
import { paddleClassic } from './paddle-classic.sender.js';
import { pagerduty } from './pagerduty.sender.js';
import { patreon } from './patreon.sender.js';
import { paypal } from './paypal.sender.js';
import { paystack } from './paystack.sender.js';
import { plaid } from './plaid.sender.js';
import { plain } from './plain.sender.js';
import { planetscale } from './planetscale.sender.js';
import { plivo } from './plivo.sender.js';
import { polar } from './polar.sender.js';
import { postmark } from './postmark.sender.js';
import { pusher } from './pusher.sender.js';
import { quickbooks } from './quickbooks.sender.js';
import { razorpay } from './razorpay.sender.js';
import { recurly } from './recurly.sender.js';
import { replicate } from './replicate.sender.js';
import { resend } from './resend.sender.js';
import { retell } from './retell.sender.js';
import { revolut } from './revolut.sender.js';
import { salesforce } from './salesforce.sender.js';
import { sanity } from './sanity.sender.js';
import { sendgrid } from './sendgrid.sender.js';
import { sentry } from './sentry.sender.js';
import { shopify } from './shopify.sender.js';
import { slack } from './slack.sender.js';
import { smartsheet } from './smartsheet.sender.js';
import { square } from './square.sender.js';
import { standardWebhooks } from './standard-webhooks.sender.js';
import { storyblok } from './storyblok.sender.js';
import { strapi } from './strapi.sender.js';
import { stripe } from './stripe.sender.js';
import { supabase } from './supabase.sender.js';
import { surveymonkey } from './surveymonkey.sender.js';
import { svix } from './svix.sender.js';
import { taiga } from './taiga.sender.js';
import { tailscale } from './tailscale.sender.js';
import { tally } from './tally.sender.js';
import { telegram } from './telegram.sender.js';
import { telnyx } from './telnyx.sender.js';
import { tiktok } from './tiktok.sender.js';
import { todoist } from './todoist.sender.js';
import { trello } from './trello.sender.js';
import { twilio } from './twilio.sender.js';
import { twitch } from './twitch.sender.js';
import { typeform } from './typeform.sender.js';
import { upstashQstash } from './upstash-qstash.sender.js';
import { vapi } from './vapi.sender.js';
import { vercel } from './vercel.sender.js';
import { vonage } from './vonage.sender.js';
import { webex } from './webex.sender.js';
import { webflow } from './webflow.sender.js';
import { wise } from './wise.sender.js';
import { woocommerce } from './woocommerce.sender.js';
import { workos } from './workos.sender.js';
import { worldpay } from './worldpay.sender.js';
import { x } from './x.sender.js';
import { xero } from './xero.sender.js';
import { zendesk } from './zendesk.sender.js';
import { zoom } from './zoom.sender.js';

/** Products whose ids begin with these letters, one file each. */
export const SENDERS_M_TO_Z: readonly Sender[] = [
  mailchimp,
  mailerlite,
  mailgun,
  mandrill,
  mautic,
  messagebird,
  meta,
  metronome,
  mollie,
  monday,
  msGraph,
  msTeamsOutgoing,
  mux,
  netlify,
  notion,
  okta,
  onfido,
  onfleet,
  openai,
  paddle,
  paddleClassic,
  pagerduty,
  patreon,
  paypal,
  paystack,
  plaid,
  plain,
  planetscale,
  plivo,
  polar,
  postmark,
  pusher,
  quickbooks,
  razorpay,
  recurly,
  replicate,
  resend,
  retell,
  revolut,
  salesforce,
  sanity,
  sendgrid,
  sentry,
  shopify,
  slack,
  smartsheet,
  square,
  standardWebhooks,
  storyblok,
  strapi,
  stripe,
  supabase,
  surveymonkey,
  svix,
  taiga,
  tailscale,
  tally,
  telegram,
  telnyx,
  tiktok,
  todoist,
  trello,
  twilio,
  twitch,
  typeform,
  upstashQstash,
  vapi,
  vercel,
  vonage,
  webex,
  webflow,
  wise,
  woocommerce,
  workos,
  worldpay,
  x,
  xero,
  zendesk,
  zoom,
];
