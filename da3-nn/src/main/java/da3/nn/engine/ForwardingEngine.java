package da3.nn.engine;

import da3.nn.Engine;
import java.util.concurrent.Callable;

/** An engine whose identity, thread and lifetime are those of another one, which it wraps. */
public abstract class ForwardingEngine implements Engine {

    private final Engine wrapped;

    protected ForwardingEngine(Engine wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public String name() {
        return wrapped.name();
    }

    @Override
    public String description() {
        return wrapped.description();
    }

    @Override
    public int threads() {
        return wrapped.threads();
    }

    @Override
    public String precision() {
        return wrapped.precision();
    }

    @Override
    public <T> T run(Callable<T> work) {
        return wrapped.run(work);
    }

    @Override
    public <T> T run(Callable<T> work, Runnable interrupted) {
        return wrapped.run(work, interrupted);
    }

    @Override
    public void close() {
        wrapped.close();
    }
}
