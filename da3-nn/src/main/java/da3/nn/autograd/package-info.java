/**
 * Reverse-mode automatic differentiation: an engine that records what another computes, and one rule per operation.
 *
 * <p>Layers and networks train unchanged, because they see an {@link da3.nn.Engine} like any other.
 */
package da3.nn.autograd;
