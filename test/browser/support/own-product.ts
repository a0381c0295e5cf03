import type { Browser, Page } from 'playwright-core';
import { startProduct, type Product, type ProductOptions } from '../../support/product.js';
import { newContext } from './browser-test.js';
import { watchPage, type Watch } from './watch.js';

/** A product of its own for one test, and a page of it. */
export interface OwnProduct {
  readonly product: Product;
  readonly page: Page;
  readonly watch: Watch;
  [Symbol.asyncDispose](): Promise<void>;
}

/** For tests that need a server without an owner, or take theirs away. */
export async function startOwnProduct(browser: Browser, options: ProductOptions = {}): Promise<OwnProduct> {
  const product = await startProduct(options);
  const context = await newContext(browser, product.url);
  const page = await context.newPage();
  return {
    product,
    page,
    watch: watchPage(page, product.url),
    async [Symbol.asyncDispose]() {
      await context.close();
      await product[Symbol.asyncDispose]();
    },
  };
}
