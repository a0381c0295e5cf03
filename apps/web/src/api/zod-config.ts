import { config } from 'zod';

// Before any schema is made: zod would otherwise compile parsers with `new Function`, which the content
// security policy forbids and the browser reports in the console.
config({ jitless: true });
