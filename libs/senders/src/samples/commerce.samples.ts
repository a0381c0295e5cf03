import type { SenderSamples } from './sample.js';

const customer = { email: 'ana@example.com', first_name: 'Ana', last_name: 'Example' };
const shopifyHeaders = (topic: string, id: string) => ({
  'x-shopify-topic': topic,
  'x-shopify-webhook-id': id,
  'x-shopify-shop-domain': 'example-shop.myshopify.com',
  'x-shopify-api-version': '2026-07',
});

/** Shops. */
export const commerceSamples: SenderSamples = {
  shopify: [
    {
      name: 'orders/paid',
      headers: shopifyHeaders('orders/paid', 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043'),
      json: {
        id: 820982911946154,
        name: '#1042',
        email: 'ana@example.com',
        created_at: '2026-11-18T12:06:40+01:00',
        currency: 'EUR',
        total_price: '149.00',
        subtotal_price: '139.00',
        financial_status: 'paid',
        customer: { ...customer, id: 115310627314 },
        line_items: [
          { id: 866550311766439, title: 'Desk lamp', sku: 'LAMP-1', quantity: 1, price: '99.00' },
          { id: 141249953214522, title: 'Light bulb', sku: 'BULB-2', quantity: 4, price: '10.00' },
        ],
        shipping_address: {
          name: 'Ana Example',
          address1: '1 Example Street',
          city: 'Lisbon',
          country_code: 'PT',
        },
      },
    },
    {
      name: 'orders/create',
      headers: shopifyHeaders('orders/create', '7d6e8c11-2f5b-4f0e-9d3a-50f5b1c2a9e4'),
      json: {
        id: 820982911946155,
        name: '#1043',
        email: 'ben@example.com',
        currency: 'EUR',
        total_price: '19.00',
        financial_status: 'pending',
        customer: { id: 115310627315, email: 'ben@example.com', first_name: 'Ben', last_name: 'Example' },
        line_items: [{ id: 866550311766440, title: 'Light bulb', sku: 'BULB-2', quantity: 2, price: '9.50' }],
      },
    },
    {
      name: 'products/update',
      headers: shopifyHeaders('products/update', '0f1e2d3c-4b5a-4968-8776-655443322110'),
      json: {
        id: 788032119674292,
        title: 'Desk lamp',
        handle: 'desk-lamp',
        status: 'active',
        variants: [{ id: 642667041472713, sku: 'LAMP-1', price: '99.00', inventory_quantity: 3 }],
      },
    },
  ],
  woocommerce: [
    {
      name: 'order.created',
      headers: {
        'user-agent': 'WooCommerce/9.4.1 Hookshot (WordPress/6.7)',
        'x-wc-webhook-source': 'https://shop.example.com/',
        'x-wc-webhook-topic': 'order.created',
        'x-wc-webhook-resource': 'order',
        'x-wc-webhook-event': 'created',
        'x-wc-webhook-id': '3',
        'x-wc-webhook-delivery-id': '7b4a1cb4f3f5e4d7a1d5e0a4b6c8d9e0',
      },
      json: {
        id: 1042,
        status: 'processing',
        currency: 'EUR',
        total: '49.00',
        billing: { first_name: 'Ana', last_name: 'Example', email: 'ana@example.com', country: 'PT' },
        line_items: [{ id: 315, name: 'Desk lamp', product_id: 93, quantity: 1, total: '49.00' }],
      },
    },
  ],
  bigcommerce: [
    {
      name: 'store/order/created',
      json: {
        scope: 'store/order/created',
        store_id: '1025646',
        data: { type: 'order', id: 250 },
        hash: 'dd70c0976e06b67aaf671e73f49dcb79230ebf9d',
        created_at: 1795000000,
        producer: 'stores/example7q',
      },
    },
  ],
  gumroad: [
    {
      name: 'sale',
      form: {
        sale_id: 'FO8TXN-dbxYaBdahG97Y==',
        sale_timestamp: '2026-11-18T11:06:40Z',
        resource_name: 'sale',
        seller_id: 'exampleSeller9',
        product_name: 'Field guide',
        email: 'ana@example.com',
        price: '4900',
        currency: 'eur',
        quantity: '1',
      },
    },
  ],
  patreon: [
    {
      name: 'members:pledge:create',
      headers: { 'x-patreon-event': 'members:pledge:create', 'user-agent': 'Patreon HTTP Robot' },
      json: {
        data: {
          type: 'member',
          id: '03ca69c3-ebea-4b9a-8fac-e4a837873254',
          attributes: {
            full_name: 'Ana Example',
            patron_status: 'active_patron',
            currently_entitled_amount_cents: 500,
          },
        },
      },
    },
  ],
};
