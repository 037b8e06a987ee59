using Google.Protobuf;
using Google.Protobuf.Reflection;
using LicenceChain.Hosting.Grpc.Proto;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Hosting.Grpc;

/// <summary>The standard reflection service, v1 and v1alpha, so that grpcurl and its like work without our .proto files (pitfall 10).</summary>
public static class GrpcReflection
{
    private const int NotFound = (int)GrpcStatus.NotFound;

    /// <summary>Describes the services of <paramref name="files"/> and every file they import.</summary>
    public static void MapGrpcReflection(this IEndpointRouteBuilder endpoints, params FileDescriptor[] files)
    {
        var catalogue = new Catalogue(files);
        foreach (var version in new[] { "v1", "v1alpha" })
        {
            endpoints.MapDuplex<ServerReflectionRequest, ServerReflectionResponse>(
                $"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
                ServerReflectionRequest.Parser,
                async (requests, responses, context) =>
                {
                    while (await requests.ReadAsync(context.CancellationToken) is { } request)
                        await responses.WriteAsync(catalogue.Answer(request), context.CancellationToken);
                });
        }
    }

    private sealed class Catalogue
    {
        private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
        private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
        private readonly ListServiceResponse _services = new();

        public Catalogue(FileDescriptor[] files)
        {
            foreach (var file in files) Add(file);
            foreach (var service in files.SelectMany(f => f.Services)) _services.Service.Add(new ServiceResponse { Name = service.FullName });
        }

        public ServerReflectionResponse Answer(ServerReflectionRequest request)
        {
            var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
            switch (request.MessageRequestCase)
            {
                case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                    response.ListServicesResponse = _services;
                    break;
                case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename when _files.TryGetValue(request.FileByFilename, out var file):
                case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol when _symbols.TryGetValue(request.FileContainingSymbol, out file):
                    response.FileDescriptorResponse = WithImports(file);
                    break;
                default:
                    response.ErrorResponse = new ErrorResponse { ErrorCode = NotFound, ErrorMessage = "Not found here." };
                    break;
            }

            return response;
        }

        private void Add(FileDescriptor file)
        {
            if (!_files.TryAdd(file.Name, file)) return;
            foreach (var import in file.Dependencies) Add(import);
            foreach (var type in file.MessageTypes) Add(type);
            foreach (var type in file.EnumTypes) _symbols[type.FullName] = file;
            foreach (var service in file.Services)
            {
                _symbols[service.FullName] = file;
                foreach (var method in service.Methods) _symbols[method.FullName] = file;
            }
        }

        private void Add(MessageDescriptor type)
        {
            _symbols[type.FullName] = type.File;
            foreach (var nested in type.NestedTypes) Add(nested);
            foreach (var nested in type.EnumTypes) _symbols[nested.FullName] = type.File;
        }

        private static FileDescriptorResponse WithImports(FileDescriptor root)
        {
            var response = new FileDescriptorResponse();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            Append(root);
            return response;

            void Append(FileDescriptor file)
            {
                if (!seen.Add(file.Name)) return;
                response.FileDescriptorProto.Add(file.SerializedData);
                foreach (var import in file.Dependencies) Append(import);
            }
        }
    }
}
