/** Whether this build may use the in-browser backend; see vite.config.ts. */
declare const __FAKE__: boolean;
