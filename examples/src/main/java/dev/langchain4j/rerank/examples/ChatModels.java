package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The language model that writes the answers: OpenAI with {@code OPENAI_API_KEY} (and {@code OPENAI_MODEL}), Ollama
 * with {@code OLLAMA_BASE_URL} (and {@code OLLAMA_MODEL}), otherwise {@link ExtractiveChatModel}.
 */
public final class ChatModels {

    private ChatModels() {}

    static ChatModel from(Map<String, String> environment) {
        Service service = Service.in(environment);
        return service == null
                ? new ExtractiveChatModel()
                : OpenAiChatModel.builder()
                        .baseUrl(service.baseUrl())
                        .apiKey(service.apiKey())
                        .modelName(service.modelName())
                        .build();
    }

    /** Returns the same model, which streams its answer word by word. */
    public static StreamingChatModel streaming(Map<String, String> environment) {
        Service service = Service.in(environment);
        return service == null
                ? new StreamedChatModel(new ExtractiveChatModel())
                : OpenAiStreamingChatModel.builder()
                        .baseUrl(service.baseUrl())
                        .apiKey(service.apiKey())
                        .modelName(service.modelName())
                        .build();
    }

    /** Returns a description of the model. */
    public static String describe(Map<String, String> environment) {
        Service service = Service.in(environment);
        return service == null
                ? "no language model is configured, so answers are quotes (set OPENAI_API_KEY or OLLAMA_BASE_URL)"
                : "answers by " + service.modelName();
    }

    /** A service with the API of OpenAI. */
    private record Service(String baseUrl, String apiKey, String modelName) {

        static @Nullable Service in(Map<String, String> environment) {
            String key = environment.getOrDefault("OPENAI_API_KEY", "");
            if (!key.isBlank()) {
                String model = environment.getOrDefault("OPENAI_MODEL", "gpt-4o-mini");
                return new Service("https://api.openai.com/v1", key, model);
            }
            String ollama = environment.getOrDefault("OLLAMA_BASE_URL", "");
            if (!ollama.isBlank()) {
                // Ollama has OpenAI's API below /v1 and ignores the key.
                String model = environment.getOrDefault("OLLAMA_MODEL", "llama3.2");
                return new Service(ollama.replaceAll("/+$", "") + "/v1", "ollama", model);
            }
            return null;
        }

        /** Names the model, never the key. */
        @Override
        public String toString() {
            return modelName + " at " + baseUrl;
        }
    }
}
