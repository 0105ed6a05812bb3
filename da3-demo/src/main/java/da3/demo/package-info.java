/** Synthetic scenes with known depth and cameras, what a model predicts of them, and a page of both. */
package da3.demo;
