/** The demo: synthetic scenes with known depth and cameras, a model's predictions of them, and a page with both. */
package da3.demo;
