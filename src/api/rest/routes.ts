import { alertRoutes } from "#api/rest/alerts/alert-routes.ts";
import { auditRoutes } from "#api/rest/audit/audit-routes.ts";
import { authRoutes } from "#api/rest/auth/auth-routes.ts";
import { whatsappRoutes } from "#api/rest/auth/whatsapp-routes.ts";
import { botRemovalRoutes } from "#api/rest/bots/removal-routes.ts";
import { botRoutes } from "#api/rest/bots/bot-routes.ts";
import { versionRoutes } from "#api/rest/bots/version-routes.ts";
import { channelRoutes } from "#api/rest/channels/channel-routes.ts";
import { deviceRoutes } from "#api/rest/channels/device-routes.ts";
import { doctorRoute } from "#api/rest/channels/doctor-route.ts";
import { instagramRoutes } from "#api/rest/channels/instagram-routes.ts";
import { numberRoutes } from "#api/rest/channels/number-routes.ts";
import { connectionRoutes } from "#api/rest/connections/connection-routes.ts";
import { deliveryRoutes } from "#api/rest/connections/delivery-routes.ts";
import { actRoutes } from "#api/rest/conversations/act-routes.ts";
import { conversationRoutes } from "#api/rest/conversations/conversation-routes.ts";
import { contactRoutes } from "#api/rest/customers/contact-routes.ts";
import { dealRoutes } from "#api/rest/customers/deal-routes.ts";
import { templateRoutes } from "#api/rest/channels/template-routes.ts";
import { pipelineRoutes } from "#api/rest/customers/pipeline-routes.ts";
import { fileRoutes } from "#api/rest/customers/file-routes.ts";
import { fieldRoutes } from "#api/rest/customers/field-routes.ts";
import { mediaRoutes } from "#api/rest/media/media-routes.ts";
import { ownRoutes } from "#api/rest/own/own-routes.ts";
import type { Route } from "#api/rest/route.ts";
import { apiKeyRoutes } from "#api/rest/team/api-key-routes.ts";
import { settingsRoutes } from "#api/rest/team/settings-routes.ts";
import { userRoutes } from "#api/rest/team/user-routes.ts";

/** Every route of the API, in the order of the documentation. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...whatsappRoutes,
  ...numberRoutes,
  ...channelRoutes,
  doctorRoute,
  ...instagramRoutes,
  ...templateRoutes,
  ...deviceRoutes,
  ...conversationRoutes,
  ...actRoutes,
  ...mediaRoutes,
  ...fileRoutes,
  ...contactRoutes,
  ...fieldRoutes,
  ...pipelineRoutes,
  ...dealRoutes,
  ...alertRoutes,
  ...ownRoutes,
  ...botRoutes,
  ...botRemovalRoutes,
  ...versionRoutes,
  ...connectionRoutes,
  ...deliveryRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...settingsRoutes,
  ...auditRoutes,
];
