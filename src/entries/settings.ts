/** The settings that a program gives: the names that the command reads from its environment. docs/operations.md explains them; a test compares
 *  this list with what is read. */

export type SettingValue = string | number | boolean;

/** Every setting may be left out. A name that is not here is a mistake. */
export interface Settings {
  /** Port to listen on; 0 takes any free one. Default: 4000. */
  readonly PORT?: SettingValue | undefined;
  /** Address to listen on; 0.0.0.0 for all. Default: 127.0.0.1. */
  readonly HOST?: SettingValue | undefined;
  /** Processes that answer on the port; auto for one on each core. Only the command starts several. Default: 1. */
  readonly PROCESSES?: SettingValue | undefined;
  /** Redis or Valkey that copies on several machines share answers, rates and quota through; rediss:// for TLS. Needs SEALING_KEYS. */
  readonly REDIS_URL?: SettingValue | undefined;
  /** A file with REDIS_URL. */
  readonly REDIS_URL_FILE?: SettingValue | undefined;
  /** Your key for the 7digital API. Without it the embedded sandbox answers. */
  readonly SEVENDIGITAL_CONSUMER_KEY?: SettingValue | undefined;
  /** A file with SEVENDIGITAL_CONSUMER_KEY. */
  readonly SEVENDIGITAL_CONSUMER_KEY_FILE?: SettingValue | undefined;
  /** The secret that belongs to the key; signs calls. */
  readonly SEVENDIGITAL_CONSUMER_SECRET?: SettingValue | undefined;
  /** A file with SEVENDIGITAL_CONSUMER_SECRET. */
  readonly SEVENDIGITAL_CONSUMER_SECRET_FILE?: SettingValue | undefined;
  /** Where the 7digital API is. Goes with a key. Default: https://api.7digital.com/1.2. */
  readonly SEVENDIGITAL_BASE_URL?: SettingValue | undefined;
  /** The same for signed calls; by default the base URL with https. */
  readonly SEVENDIGITAL_SECURE_BASE_URL?: SettingValue | undefined;
  /** Where 7digital's pages for signing in and paying are. Default: https://account.7digital.com. */
  readonly SEVENDIGITAL_ACCOUNT_URL?: SettingValue | undefined;
  /** Where downloads are. Default: https://media.geo.7digital.com/media. */
  readonly SEVENDIGITAL_MEDIA_URL?: SettingValue | undefined;
  /** Where streams are. Default: https://stream.geo.7digital.com/media. */
  readonly SEVENDIGITAL_STREAM_URL?: SettingValue | undefined;
  /** Where streams for subscriptions and radio are. Default: https://stream.svc.7digital.net. */
  readonly SEVENDIGITAL_STREAM_SERVICE_URL?: SettingValue | undefined;
  /** Where clips to listen to before buying are. Default: https://previews.7digital.com. */
  readonly SEVENDIGITAL_PREVIEW_URL?: SettingValue | undefined;
  /** Store of requests that name none. Default: GB. */
  readonly SEVENDIGITAL_COUNTRY?: SettingValue | undefined;
  /** Shop of requests that name none; instead of the country. */
  readonly SEVENDIGITAL_SHOP_ID?: SettingValue | undefined;
  /** What music is used for: download, subscriptionstreaming, adsupportedstreaming, separated by commas; unset leaves it to 7digital. */
  readonly SEVENDIGITAL_USAGE_TYPES?: SettingValue | undefined;
  /** Milliseconds for a whole call, a second try included. Default: 5000. */
  readonly SEVENDIGITAL_TIMEOUT_MS?: SettingValue | undefined;
  /** Calls to 7digital at once, beside purchases. Default: 64. */
  readonly SEVENDIGITAL_MAX_CONNECTIONS?: SettingValue | undefined;
  /** Calls that may wait for those; more are rejected. Default: 400. */
  readonly SEVENDIGITAL_MAX_WAITING?: SettingValue | undefined;
  /** Milliseconds that such a call waits before it is rejected. Default: 1000. */
  readonly SEVENDIGITAL_MAX_WAIT_MS?: SettingValue | undefined;
  /** Largest page to request; falls when answers are cut shorter. Default: 500. */
  readonly SEVENDIGITAL_PAGE_SIZE_LIMIT?: SettingValue | undefined;
  /** Most releases or tracks to request details of in one call, if your key has the methods; 0 for one each. Default: 0. */
  readonly SEVENDIGITAL_BATCH_SIZE?: SettingValue | undefined;
  /** Most bytes of one answer, as sent and inflated. Default: 4194304. */
  readonly SEVENDIGITAL_MAX_ANSWER_BYTES?: SettingValue | undefined;
  /** Share of the day's calls kept for baskets, lockers and purchases. Default: 5. */
  readonly QUOTA_RESERVE_PERCENT?: SettingValue | undefined;
  /** Share of the day's calls that one caller may cause in an hour; 100 for no limit. Default: 20. */
  readonly QUOTA_CALLER_PERCENT?: SettingValue | undefined;
  /** Share of the day's calls that your gateway may cause in an hour; 100 for no limit. Default: 100. */
  readonly QUOTA_GATEWAY_PERCENT?: SettingValue | undefined;
  /** Memory for whole responses made of cached answers; 0 keeps none. Default: 33554432. */
  readonly RESPONSE_CACHE_MAX_BYTES?: SettingValue | undefined;
  /** Memory for cached answers; 0 caches nothing. Default: 134217728. */
  readonly CACHE_MAX_BYTES?: SettingValue | undefined;
  /** What your own servers send as x-7d-operator-secret to act for users and partners. Without it none may. */
  readonly OPERATOR_SECRET?: SettingValue | undefined;
  /** A file with OPERATOR_SECRET. */
  readonly OPERATOR_SECRET_FILE?: SettingValue | undefined;
  /** Whether a user's token and secret in headers are taken without the operator's secret, behind a gateway that adds them. Default: false. */
  readonly TRUST_PLAIN_TOKENS?: SettingValue | undefined;
  /** Keys that seal access tokens and quotes, the first for new ones. Without them one is made up at every start. */
  readonly SEALING_KEYS?: SettingValue | undefined;
  /** A file with SEALING_KEYS. */
  readonly SEALING_KEYS_FILE?: SettingValue | undefined;
  /** How long a sealed access token is good for. Default: 30. */
  readonly ACCESS_TOKEN_DAYS?: SettingValue | undefined;
  /** How long the quote of a price is good for. Default: 60. */
  readonly QUOTE_MINUTES?: SettingValue | undefined;
  /** Origins that callback, return and error URLs may lead to. Without it none may be sent. */
  readonly RETURN_ORIGINS?: SettingValue | undefined;
  /** Folder of the SQLite file where attempts to purchase are recorded: ./data, or a temporary one on the embedded sandbox. */
  readonly DATA_DIRECTORY?: SettingValue | undefined;
  /** PostgreSQL database where attempts to purchase are recorded instead, for copies on several machines. TLS by its sslmode. */
  readonly DATABASE_URL?: SettingValue | undefined;
  /** A file with DATABASE_URL. */
  readonly DATABASE_URL_FILE?: SettingValue | undefined;
  /** Milliseconds for a call that spends money. Default: 30000. */
  readonly PURCHASE_TIMEOUT_MS?: SettingValue | undefined;
  /** When to look into the locker after a purchase whose outcome is not known, in milliseconds. Default: 0,2000,5000. */
  readonly PURCHASE_SETTLE_MS?: SettingValue | undefined;
  /** Calls at once that spend money. Default: 4. */
  readonly PURCHASES_AT_ONCE?: SettingValue | undefined;
  /** open: GraphiQL, introspection and GET for all. locked: only for your own servers. open on the sandbox, else locked. */
  readonly PROFILE?: SettingValue | undefined;
  /** Origins whose pages may call from a browser (CORS), beside our own and, on the sandbox, those of localhost. */
  readonly ALLOWED_ORIGINS?: SettingValue | undefined;
  /** What a gateway of your own sends as x-7d-gateway-secret, to get its own limits instead of a browser's. */
  readonly GATEWAY_SECRET?: SettingValue | undefined;
  /** A file with GATEWAY_SECRET. */
  readonly GATEWAY_SECRET_FILE?: SettingValue | undefined;
  /** Prefix of type names at /subgraph, e.g. Music, where other subgraphs have types of the same names. */
  readonly SCHEMA_PREFIX?: SettingValue | undefined;
  /** Bearer token for /metrics. Without it they are off in the profile `locked`. */
  readonly METRICS_SECRET?: SettingValue | undefined;
  /** A file with METRICS_SECRET. */
  readonly METRICS_SECRET_FILE?: SettingValue | undefined;
  /** How many proxies before us add to X-Forwarded-For; 0 ignores the header. Default: 0. */
  readonly TRUSTED_PROXIES?: SettingValue | undefined;
  /** JSON file of the operations of your clients, by their SHA-256 in hex, as code generators write it. */
  readonly PERSISTED_OPERATIONS?: SettingValue | undefined;
  /** Memory for operations that clients register by sending them once with their SHA-256; 0 for none. Default: 4194304. */
  readonly PERSISTED_AUTOMATIC_BYTES?: SettingValue | undefined;
  /** Whether CDNs may keep responses to GETs by hash, and not only browsers. Your contract with 7digital has to allow it. Default: false. */
  readonly PUBLIC_CACHING?: SettingValue | undefined;
  /** Whether only those of the file are executed. Default: false. */
  readonly PERSISTED_ONLY?: SettingValue | undefined;
  /** on: described operations are tools for agents, at /mcp. on in the profile `open`, off in `locked`. */
  readonly MCP?: SettingValue | undefined;
  /** Whether operations that spend money are tools too. Default: false. */
  readonly MCP_PURCHASES?: SettingValue | undefined;
  /** Most bytes of a request's body. Default: 100000. */
  readonly LIMIT_BODY_BYTES?: SettingValue | undefined;
  /** Most bytes of an operation's document. Default: 16384. */
  readonly LIMIT_DOCUMENT_BYTES?: SettingValue | undefined;
  /** Most tokens of a document. Default: 2000. */
  readonly LIMIT_TOKENS?: SettingValue | undefined;
  /** Most values in the JSON of a request, and of its variables. Default: 2500. */
  readonly LIMIT_JSON_VALUES?: SettingValue | undefined;
  /** Deepest nesting of fields, introspection apart. Default: 15. */
  readonly LIMIT_DEPTH?: SettingValue | undefined;
  /** Most aliases of a document. Default: 30. */
  readonly LIMIT_ALIASES?: SettingValue | undefined;
  /** LIMIT_DOCUMENT_BYTES for your gateway, which merges operations. Default: 100000. */
  readonly LIMIT_GATEWAY_DOCUMENT_BYTES?: SettingValue | undefined;
  /** LIMIT_TOKENS for your gateway. Default: 20000. */
  readonly LIMIT_GATEWAY_TOKENS?: SettingValue | undefined;
  /** LIMIT_JSON_VALUES for your gateway. Default: 10000. */
  readonly LIMIT_GATEWAY_JSON_VALUES?: SettingValue | undefined;
  /** LIMIT_ALIASES, LIMIT_ROOT_FIELDS and LIMIT_DIRECTIVES for your gateway. Default: 200. */
  readonly LIMIT_GATEWAY_ALIASES?: SettingValue | undefined;
  /** LIMIT_UPSTREAM_CALLS for your gateway. Default: 500. */
  readonly LIMIT_GATEWAY_UPSTREAM_CALLS?: SettingValue | undefined;
  /** Most different entities that a gateway may ask for at once. Default: 500. */
  readonly LIMIT_REPRESENTATIONS?: SettingValue | undefined;
  /** Most fields of a query at its root. Default: 20. */
  readonly LIMIT_ROOT_FIELDS?: SettingValue | undefined;
  /** Most mutations of an operation; of those that spend money there may be one. Default: 5. */
  readonly LIMIT_MUTATIONS?: SettingValue | undefined;
  /** Most directives of a document. Default: 20. */
  readonly LIMIT_DIRECTIVES?: SettingValue | undefined;
  /** Most calls to 7digital that one operation may cost. Default: 125. */
  readonly LIMIT_UPSTREAM_CALLS?: SettingValue | undefined;
  /** Milliseconds for an operation; longer when it spends money. Default: 15000. */
  readonly LIMIT_OPERATION_MS?: SettingValue | undefined;
  /** Operations a minute of one caller without credentials; 0 for no limit. 60, or 0 in the profile `open`. */
  readonly LIMIT_OPERATIONS_PER_MINUTE?: SettingValue | undefined;
  /** Purchases a minute of one user; 0 for no limit. Default: 5. */
  readonly LIMIT_PURCHASES_PER_MINUTE?: SettingValue | undefined;
  /** Vouchers tried a minute by one caller; 0 for no limit. Default: 5. */
  readonly LIMIT_VOUCHERS_PER_MINUTE?: SettingValue | undefined;
  /** Passwords tried a minute for one user name; 0 for no limit. Default: 10. */
  readonly LIMIT_PASSWORDS_PER_MINUTE?: SettingValue | undefined;
  /** Most subscriptions at once. Each holds a connection. Default: 200. */
  readonly LIMIT_SUBSCRIPTIONS?: SettingValue | undefined;
  /** Most of them of one user. Default: 10. */
  readonly LIMIT_SUBSCRIPTIONS_PER_USER?: SettingValue | undefined;
  /** Most connections of clients at once. Default: 500. */
  readonly LIMIT_SOCKETS?: SettingValue | undefined;
  /** Most of them of one address, and most of its requests at once behind TRUSTED_PROXIES; 0 for no limit. Default: 100. */
  readonly LIMIT_SOCKETS_PER_CLIENT?: SettingValue | undefined;
  /** Milliseconds that a connection may be idle; longer than your load balancer keeps it. Default: 75000. */
  readonly KEEP_ALIVE_MS?: SettingValue | undefined;
  /** Whether usual requests are read without GraphQL Yoga, which takes longer than a small query; false lets Yoga read every request. Default: true. */
  readonly FAST_LANE?: SettingValue | undefined;
  /** Milliseconds after SIGTERM that new connections are still taken; longer than your load balancer takes to notice that /ready says 503. Default: 2000. */
  readonly STOP_DRAIN_MS?: SettingValue | undefined;
  /** Milliseconds that a stop waits for what is under way. Default: 60000. */
  readonly STOP_GRACE_MS?: SettingValue | undefined;
  /** Least severe level that is logged, as JSON lines on stderr: silent, error, warn, info or debug. Default: warn. */
  readonly LOG_LEVEL?: SettingValue | undefined;
  /** Proxy for calls to https addresses. */
  readonly HTTPS_PROXY?: SettingValue | undefined;
  /** The same; it is read first. */
  readonly https_proxy?: SettingValue | undefined;
  /** Proxy for calls to http addresses. */
  readonly HTTP_PROXY?: SettingValue | undefined;
  /** The same; it is read first. */
  readonly http_proxy?: SettingValue | undefined;
  /** Hosts that are called without a proxy, separated by commas. */
  readonly NO_PROXY?: SettingValue | undefined;
  /** The same; it is read first. */
  readonly no_proxy?: SettingValue | undefined;
}
