import type { Sender } from '../model/sender.js';
import { acuity } from './acuity.sender.js';
import { adyen } from './adyen.sender.js';
import { airtable } from './airtable.sender.js';
import { anthropic } from './anthropic.sender.js';
import { asana } from './asana.sender.js';
import { atlassianConnectJwt } from './atlassian-connect-jwt.sender.js';
import { atlassianHmac } from './atlassian-hmac.sender.js';
import { attio } from './attio.sender.js';
import { awsSns } from './aws-sns.sender.js';
import { azureEventGrid } from './azure-event-grid.sender.js';
import { bigcommerce } from './bigcommerce.sender.js';
import { bitbucket } from './bitbucket.sender.js';
import { box } from './box.sender.js';
import { braintree } from './braintree.sender.js';
import { buildkite } from './buildkite.sender.js';
import { calCom } from './cal-com.sender.js';
import { calendly } from './calendly.sender.js';
import { chargebee } from './chargebee.sender.js';
import { circleci } from './circleci.sender.js';
import { clerk } from './clerk.sender.js';
import { clickup } from './clickup.sender.js';
import { cloudinary } from './cloudinary.sender.js';
import { coinbaseCommerce } from './coinbase-commerce.sender.js';
import { contentful } from './contentful.sender.js';
import { customerIo } from './customer-io.sender.js';
import { datadog } from './datadog.sender.js';
import { discord } from './discord.sender.js';
import { docusign } from './docusign.sender.js';
import { dodopayments } from './dodopayments.sender.js';
import { doppler } from './doppler.sender.js';
import { dropbox } from './dropbox.sender.js';
import { dropboxSign } from './dropbox-sign.sender.js';
import { easypost } from './easypost.sender.js';
import { elevenlabs } from './elevenlabs.sender.js';
import { envoy } from './envoy.sender.js';
import { falAi } from './fal-ai.sender.js';
import { figma } from './figma.sender.js';
import { firecrawl } from './firecrawl.sender.js';
import { fitbit } from './fitbit.sender.js';
import { flutterwave } from './flutterwave.sender.js';
import { formstack } from './formstack.sender.js';
import { fourthwall } from './fourthwall.sender.js';
import { front } from './front.sender.js';
import { getstream } from './getstream.sender.js';
import { ghost } from './ghost.sender.js';
import { gitea } from './gitea.sender.js';
import { github } from './github.sender.js';
import { gitlab } from './gitlab.sender.js';
import { gocardless } from './gocardless.sender.js';
import { googleChannels } from './google-channels.sender.js';
import { googlePubsub } from './google-pubsub.sender.js';
import { grafana } from './grafana.sender.js';
import { greenhouse } from './greenhouse.sender.js';
import { gumroad } from './gumroad.sender.js';
import { helpscout } from './helpscout.sender.js';
import { heroku } from './heroku.sender.js';
import { hookdeck } from './hookdeck.sender.js';
import { hubspot } from './hubspot.sender.js';
import { hygraph } from './hygraph.sender.js';
import { intercom } from './intercom.sender.js';
import { jotform } from './jotform.sender.js';
import { kick } from './kick.sender.js';
import { kontentAi } from './kontent-ai.sender.js';
import { langfuse } from './langfuse.sender.js';
import { launchdarkly } from './launchdarkly.sender.js';
import { lemonsqueezy } from './lemonsqueezy.sender.js';
import { line } from './line.sender.js';
import { linear } from './linear.sender.js';
import { liveblocks } from './liveblocks.sender.js';
import { livekit } from './livekit.sender.js';
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

/** Every product that this room knows, one file each. */
export const CATALOGUE: readonly Sender[] = [
  acuity,
  adyen,
  airtable,
  anthropic,
  asana,
  atlassianConnectJwt,
  atlassianHmac,
  attio,
  awsSns,
  azureEventGrid,
  bigcommerce,
  bitbucket,
  box,
  braintree,
  buildkite,
  calCom,
  calendly,
  chargebee,
  circleci,
  clerk,
  clickup,
  cloudinary,
  coinbaseCommerce,
  contentful,
  customerIo,
  datadog,
  discord,
  docusign,
  dodopayments,
  doppler,
  dropbox,
  dropboxSign,
  easypost,
  elevenlabs,
  envoy,
  falAi,
  figma,
  firecrawl,
  fitbit,
  flutterwave,
  formstack,
  fourthwall,
  front,
  getstream,
  ghost,
  gitea,
  github,
  gitlab,
  gocardless,
  googleChannels,
  googlePubsub,
  grafana,
  greenhouse,
  gumroad,
  helpscout,
  heroku,
  hookdeck,
  hubspot,
  hygraph,
  intercom,
  jotform,
  kick,
  kontentAi,
  langfuse,
  launchdarkly,
  lemonsqueezy,
  line,
  linear,
  liveblocks,
  livekit,
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
