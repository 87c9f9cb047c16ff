/**
 * Codes as Meta answers them: HTTP status, message, details when nothing more precise is known.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const graphErrors = new Map<number, readonly [number, string, string]>([
  [0, [401, "Unable to authenticate the app user", "Token revoked or invalid."]],
  [2, [503, "Service temporarily unavailable", "Temporary downtime."]],
  [4, [400, "Application request limit reached", "App reached its API call rate limit."]],
  [10, [403, "Permission denied", "Application does not have permission for this action."]],
  [100, [400, "Invalid parameter", "Invalid parameter."]],
  [190, [401, "Access token has expired", "Session has expired."]],
  [
    368,
    [403, "Temporarily blocked for policies violations", "The business account is restricted."],
  ],
  [80007, [400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."]],
  [
    130429,
    [
      429,
      "Rate limit hit",
      "Message failed to send because there were too many messages sent from this phone number in a short period of time",
    ],
  ],
  [131000, [500, "Something went wrong", "Message failed to send due to an unknown error."]],
  [131008, [400, "Required parameter is missing", "A required parameter is missing."]],
  [131009, [400, "Parameter value is not valid", "A parameter value is not valid."]],
  [131016, [500, "Service unavailable", "A service is temporarily unavailable."]],
  [131026, [400, "Message undeliverable", "Receiver is incapable of receiving this message."]],
  [
    131030,
    [
      400,
      "Recipient phone number not in allowed list",
      "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.",
    ],
  ],
  [131031, [403, "Account has been locked", "The account was locked for a policy violation."]],
  [
    131047,
    [
      400,
      "Re-engagement message",
      "More than 24 hours have passed since the recipient last replied.",
    ],
  ],
  [
    131048,
    [
      400,
      "Spam rate limit hit",
      "Restrictions on how many messages can be sent from this phone number.",
    ],
  ],
  [
    131049,
    [400, "Not delivered to maintain ecosystem engagement", "Marketing message was not delivered."],
  ],
  [131053, [400, "Media upload error", "Unsupported media type."]],
  [
    131056,
    [
      400,
      "(Business Account, Consumer Account) pair rate limit hit",
      "Too many messages sent from this phone number to the same phone number in a short period of time.",
    ],
  ],
  [131057, [500, "Business account is in maintenance mode", "Throughput upgrade is in progress."]],
  [
    132001,
    [404, "Template name does not exist in the translation", "The template does not exist."],
  ],
  [
    133010,
    [400, "The account is not registered", "Phone number is not registered on the platform."],
  ],
]);
