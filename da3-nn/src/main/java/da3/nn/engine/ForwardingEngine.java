package da3.nn.engine;

import da3.nn.Engine;
import java.util.concurrent.Callable;

/** A base class for engines that wrap another engine and share its identity, thread and lifetime. */
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
