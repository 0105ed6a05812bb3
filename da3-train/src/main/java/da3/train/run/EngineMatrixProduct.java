package da3.train.run;

import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.optimizer.MatrixProduct;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Matrix products on engines of one kind; each call uses an idle one. */
final class EngineMatrixProduct implements MatrixProduct {

    private final BlockingQueue<DifferentiableEngine> free;

    /** @param engines at least one, all of which compute identical bytes */
    EngineMatrixProduct(List<DifferentiableEngine> engines) {
        this.free = new ArrayBlockingQueue<>(engines.size(), false, engines);
    }

    @Override
    public void multiply(float[] a, float[] b, boolean transposed, int rows, int inner, int columns, float[] out) {
        together(product -> {
            product.multiply(a, b, transposed, rows, inner, columns, out);
            return null;
        });
    }

    @Override
    public <T> T together(Function<MatrixProduct, T> work) {
        DifferentiableEngine engine;
        try {
            engine = free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        try {
            return engine.run(() -> work.apply(on(engine)));
        } finally {
            free.add(engine);
        }
    }

    /** Returns products on an engine, for calls on its thread. */
    private static MatrixProduct on(DifferentiableEngine engine) {
        return (a, b, transposed, rows, inner, columns, out) -> {
            try (Scope scope = engine.scope()) {
                Tensor left = engine.upload(a, rows, inner);
                Tensor right = transposed ? engine.upload(b, columns, inner) : engine.upload(b, inner, columns);
                float[] product = engine.download(engine.matmul(left, false, right, transposed));
                System.arraycopy(product, 0, out, 0, product.length);
            }
        };
    }
}
