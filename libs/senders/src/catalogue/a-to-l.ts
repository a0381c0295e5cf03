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

/** Products whose ids begin with these letters, one file each. */
export const SENDERS_A_TO_L: readonly Sender[] = [
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
];
