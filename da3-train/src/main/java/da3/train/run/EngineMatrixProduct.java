package da3.train.run;

import da3.nn.Scope;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.optimizer.MatrixProduct;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/** Matrix products on engines of one kind; each call uses an idle one. */
final class EngineMatrixProduct implements MatrixProduct {

    private final BlockingQueue<DifferentiableEngine> free;

    /** @param engines at least one, all of which compute identical bytes */
    EngineMatrixProduct(List<DifferentiableEngine> engines) {
        this.free = new ArrayBlockingQueue<>(engines.size(), false, engines);
    }

    @Override
    public void multiply(float[] a, float[] b, boolean transposed, int rows, int inner, int columns, float[] out) {
        DifferentiableEngine engine;
        try {
            engine = free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        try {
            float[] product = engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    return engine.download(engine.matmul(
                            engine.upload(a, rows, inner),
                            false,
                            transposed ? engine.upload(b, columns, inner) : engine.upload(b, inner, columns),
                            transposed));
                }
            });
            System.arraycopy(product, 0, out, 0, product.length);
        } finally {
            free.add(engine);
        }
    }
}
